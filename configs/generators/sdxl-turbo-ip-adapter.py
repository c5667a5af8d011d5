#!/usr/bin/env python3
"""Writes the ONNX files of sdxl-turbo-ip-adapter.yaml: SDXL-Turbo with an IP-Adapter inside its denoiser.

    pip install torch diffusers transformers accelerate safetensors onnx
    python3 sdxl-turbo-ip-adapter.py DIR

Downloads stabilityai/sdxl-turbo and h94/IP-Adapter (8 GB; their licences are named in the YAML file) and needs 25 GB of memory
and of disk. A recipe that was not run by the project: the names and shapes are those that `generate` checks when it opens the
files, so that a difference is said there.
"""
import pathlib
import sys

import torch
from diffusers import StableDiffusionXLPipeline
from safetensors.torch import save_file


class Denoiser(torch.nn.Module):
    """The network with its inputs by position, as a graph has them."""

    def __init__(self, unet):
        super().__init__()
        self.unet = unet

    def forward(self, sample, timestep, encoder_hidden_states, text_embeds, time_ids, image_embeds):
        added = {"text_embeds": text_embeds, "time_ids": time_ids, "image_embeds": [image_embeds]}
        return self.unet(sample, timestep, encoder_hidden_states, added_cond_kwargs=added, return_dict=False)[0]


class Decoder(torch.nn.Module):
    def __init__(self, vae):
        super().__init__()
        self.vae = vae

    def forward(self, latent_sample):
        return self.vae.decode(latent_sample, return_dict=False)[0]


def export(module, inputs, output, file):
    torch.onnx.export(
        module.eval(), tuple(inputs.values()), str(file), input_names=list(inputs), output_names=[output],
        opset_version=17, dynamo=False)


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    pipe = StableDiffusionXLPipeline.from_pretrained("stabilityai/sdxl-turbo", torch_dtype=torch.float32)
    pipe.load_ip_adapter(
        "h94/IP-Adapter", subfolder="sdxl_models", weight_name="ip-adapter_sdxl_vit-h.safetensors", image_encoder_folder=None)
    pipe.set_ip_adapter_scale(1.0)
    with torch.no_grad():
        tokens, _, pooled, _ = pipe.encode_prompt("", device="cpu", do_classifier_free_guidance=False)
        save_file(
            {"prompt_embeds": tokens.contiguous(), "pooled_prompt_embeds": pooled.contiguous()},
            str(folder / "empty-prompt.safetensors"))
        export(
            Denoiser(pipe.unet),
            {
                "sample": torch.zeros(1, 4, 64, 64),
                "timestep": torch.tensor([999], dtype=torch.int64),
                "encoder_hidden_states": tokens,
                "text_embeds": pooled,
                "time_ids": torch.tensor([[512.0, 512, 0, 0, 512, 512]]),
                "image_embeds": torch.zeros(1, 1, 1024),
            },
            "out_sample", folder / "unet.onnx")
        export(Decoder(pipe.vae), {"latent_sample": torch.zeros(1, 4, 64, 64)}, "sample", folder / "vae_decoder.onnx")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(pathlib.Path(sys.argv[1]))
