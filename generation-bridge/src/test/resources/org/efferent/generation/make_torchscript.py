"""The TorchScript files of TorchScriptGeneratorTest: a decoder that gives two pictures, and an encoder.

    python3 make_torchscript.py DIR        (written by PyTorch 1.13)
"""
import io
import pathlib
import re
import sys
import zipfile

import torch


class Decoder(torch.nn.Module):
    """Latents [n, 3, h, w] to themselves by a 1 x 1 convolution, twice the size, and to half of each number."""

    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(3, 3, 1)
        with torch.no_grad():
            self.conv.weight.copy_(torch.eye(3).reshape(3, 3, 1, 1) * 2)
            self.conv.bias.copy_(torch.tensor([1.0, 2.0, 3.0]))

    def forward(self, z):
        return torch.nn.functional.interpolate(self.conv(z), scale_factor=2.0), z / 2


class Encoder(torch.nn.Module):
    def forward(self, x):
        return torch.nn.functional.avg_pool2d(x, 2)


def save(module, example, file):
    """Without the debugging records, which hold paths of the machine."""
    whole = io.BytesIO()
    torch.jit.save(torch.jit.trace(module.eval(), example), whole)
    with zipfile.ZipFile(whole) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as kept:
        for entry in given.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                content = given.read(entry)
                if entry.filename.endswith(".py"):
                    # Comments name the line of Python that an operator came from.
                    content = re.sub(rb" *#[^\n]*", b"", content)
                kept.writestr(zipfile.ZipInfo(re.sub("^[^/]*", file.stem, entry.filename)), content)


folder = pathlib.Path(sys.argv[1])
save(Decoder(), torch.zeros(1, 3, 2, 2), folder / "decoder.pt")
save(Encoder(), torch.zeros(1, 3, 4, 4), folder / "encoder.pt")
