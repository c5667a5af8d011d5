"""Makes prior.safetensors: the network of the image prior, written once more with torch 1.13, at a small size.

Run in this folder: python3 make_golden.py. Weights under the names of the published code, inputs and outputs with a
condition, without one, and with some rows' conditions left out; the gradients of the squared error of the last.
"""
import json
import math
import struct

import torch
from torch import nn

EMBEDDING, CONDITION, HIDDEN, TIME = 6, 4, [8, 6, 4], 10


def codes(steps):
    half = TIME // 2
    exponent = -math.log(10000) * torch.arange(half, dtype=torch.float32) / half
    angles = steps[:, None].float() * torch.exp(exponent)[None, :]
    return torch.cat([torch.cos(angles), torch.sin(angles)], dim=1)


class TimeMlp(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear_1 = nn.Linear(TIME, width)
        self.linear_2 = nn.Linear(width, width)

    def forward(self, t):
        return self.linear_2(nn.functional.silu(self.linear_1(t)))


def block(before, after):
    return nn.Sequential(nn.Linear(before, after), nn.LayerNorm(after), nn.SiLU())


class Prior(nn.Module):
    def __init__(self):
        super().__init__()
        self.input_layer = block(EMBEDDING, HIDDEN[0])
        for way, widths in (("encode", HIDDEN), ("decode", HIDDEN[::-1])):
            pairs = list(zip(widths[:-1], widths[1:]))
            setattr(self, way + "_time_embedding", nn.ModuleList(TimeMlp(a) for a, _ in pairs))
            setattr(self, way + "_cond_embedding", nn.ModuleList(nn.Linear(CONDITION, a) for a, _ in pairs))
            setattr(self, way + "_layers", nn.ModuleList(block(a, b) for a, b in pairs))
        self.output_layer = nn.Linear(HIDDEN[0], EMBEDDING)

    def forward(self, x, steps, condition=None, keep=None):
        t = codes(steps)
        x = self.input_layer(x)
        skipped = []
        for way in ("encode", "decode"):
            for i in range(len(HIDDEN) - 1):
                if way == "encode":
                    skipped.append(x)
                y = x + getattr(self, way + "_time_embedding")[i](t)
                if condition is not None:
                    given = getattr(self, way + "_cond_embedding")[i](condition)
                    y = y + (given if keep is None else given * keep)
                x = getattr(self, way + "_layers")[i](y)
                if way == "decode":
                    x = x + skipped.pop()
        return self.output_layer(x)


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


torch.manual_seed(7)
model = Prior()
with torch.no_grad():
    for p in model.parameters():
        p.add_(0.2 * torch.randn_like(p))  # biases and norms too
noisy, condition = torch.randn(5, EMBEDDING), torch.randn(5, CONDITION)
steps = torch.tensor([0, 3, 250, 731, 999])
keep, target = torch.tensor([[1.0], [0.0], [1.0], [0.0], [1.0]]), torch.randn(5, EMBEDDING)
some = model(noisy, steps, condition, keep)
loss = ((some - target) ** 2).mean()
loss.backward()
out = {"in.noisy": noisy, "in.condition": condition, "in.steps": steps, "in.keep": keep, "in.target": target}
out.update({"out.codes": codes(steps), "out.with": model(noisy, steps, condition), "out.without": model(noisy, steps)})
out.update({"out.some": some, "out.loss": loss})
for name, p in model.named_parameters():
    out["weight." + name] = p
    out["gradient." + name] = p.grad
write("prior.safetensors", out)
