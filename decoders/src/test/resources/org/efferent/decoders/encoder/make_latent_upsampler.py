"""Makes latent-upsampler.safetensors: the low-level encoder, written once more with torch 1.13, at a small size.

Run in this folder: python3 make_latent_upsampler.py. Weights under the names of the published code, a batch, its latents by
running statistics and by the batch's own, the mean absolute error of the latter and its gradients.
"""
import json
import struct

import torch
from torch import nn

CHANNELS, TIME, WIDTH, FILTERS, POINTWISE, LATENT = 3, 7, 4, [6, 5, 4], [3], 2


class Low(nn.Module):
    def __init__(self):
        super().__init__()
        self.subject_wise_linear = nn.ModuleList([nn.Linear(TIME, WIDTH)])
        layers, before = [], CHANNELS * WIDTH
        for width in FILTERS:
            layers += [nn.ConvTranspose2d(before, width, 4, 2, 1), nn.BatchNorm2d(width), nn.ReLU()]
            before = width
        for width in POINTWISE:
            layers += [nn.ConvTranspose2d(before, width, 1), nn.BatchNorm2d(width), nn.ReLU()]
            before = width
        layers.append(nn.ConvTranspose2d(before, LATENT, 1))
        self.upsampler = nn.Sequential(*layers)

    def forward(self, x):
        y = self.subject_wise_linear[0](x)
        return self.upsampler(y.reshape(len(x), -1, 1, 1))


def write(path, tensors):
    header, body = {}, b""
    for name, tensor in tensors.items():
        data = tensor.detach().float().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [len(body), len(body) + len(data)]}
        body += data
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as f:
        f.write(struct.pack("<Q", len(text)) + text + body)


torch.manual_seed(11)
model = Low()
with torch.no_grad():
    for name, p in model.named_parameters():
        p.add_(0.2 * torch.randn_like(p))
    for name, b in model.named_buffers():
        if name.endswith("mean"):
            b.add_(0.1 * torch.randn_like(b))
        if name.endswith("var"):
            b.mul_(1 + torch.rand_like(b))
signals, target = torch.randn(4, CHANNELS, TIME), torch.randn(4, LATENT, 8, 8)
out = {"in.signals": signals, "in.target": target}
for name, tensor in model.state_dict().items():
    if not name.endswith("num_batches_tracked"):
        out["weight." + name] = tensor.clone()
model.eval()
out["out.evaluation"] = model(signals)
model.train()
made = model(signals)
loss = (made - target).abs().mean()
loss.backward()
out.update({"out.training": made, "out.loss": loss})
for name, p in model.named_parameters():
    out["gradient." + name] = p.grad
write("latent-upsampler.safetensors", out)
