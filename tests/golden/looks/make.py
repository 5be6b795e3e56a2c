"""Makes this folder's numbers with Pillow (9.4 here) and NumPy: the changes of colours that torchvision's transforms
ask Pillow for. Hue as in torchvision's adjust_hue: the byte of the hue plus the byte of 255 times the turn."""
import json
import numpy as np
import PIL
from PIL import Image, ImageEnhance, ImageFilter, ImageOps


def hue(image, turn):
    h, s, v = image.convert("HSV").split()
    bytes_ = np.array(h, dtype=np.uint8)
    with np.errstate(over="ignore"):
        bytes_ += np.array(turn * 255).astype(np.int32).astype(np.uint8)
    return Image.merge("HSV", (Image.fromarray(bytes_, "L"), s, v)).convert("RGB")


def grey(image, _):
    one = np.array(image.convert("L"))
    return Image.fromarray(np.dstack([one, one, one]), "RGB")


CHANGES = {
    "brightness": (lambda image, by: ImageEnhance.Brightness(image).enhance(by), [0.6, 0.83, 1.0, 1.37, 1.4]),
    "contrast": (lambda image, by: ImageEnhance.Contrast(image).enhance(by), [0.6, 0.83, 1.0, 1.37, 1.4]),
    "saturation": (lambda image, by: ImageEnhance.Color(image).enhance(by), [0.6, 0.83, 1.0, 1.37, 1.4]),
    "hue": (hue, [-0.1, -0.043, 0.0, 0.05, 0.1, 0.5]),
    "grey": (grey, [0]),
    "blur": (lambda image, by: image.filter(ImageFilter.GaussianBlur(by)), [0.1, 0.3, 0.5, 0.77, 1.0, 1.21, 1.5, 1.73, 1.9, 2.0, 3.3, 5.0]),
    "solarize": (lambda image, by: ImageOps.solarize(image, by), [128]),
}


def images():
    random = np.random.default_rng(7)
    rows, columns = np.mgrid[0:24, 0:24] / 23.0
    waves = [np.sin(columns * 5 + rows * 3 * (plane + 1)) * 0.5 + 0.5 for plane in range(3)]
    yield "noise", random.integers(0, 256, (24, 24, 3), dtype=np.uint8)
    yield "waves", (np.dstack(waves) * 255).astype(np.uint8)
    yield "flat", np.full((24, 24, 3), (200, 100, 50), dtype=np.uint8)


def save(path, tensors):
    header, at = {}, 0
    for name, values in tensors.items():
        header[name] = {"dtype": "U8", "shape": list(values.shape), "data_offsets": [at, at + values.nbytes]}
        at += values.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for values in tensors.values():
            file.write(np.ascontiguousarray(values).tobytes())


given, made = {}, {}
for name, pixels in images():
    given[name] = pixels.transpose(2, 0, 1)
    for change, (make, factors) in CHANGES.items():
        for factor in factors:
            made[f"{name}.{change}.{factor}"] = np.array(make(Image.fromarray(pixels), factor)).transpose(2, 0, 1)
save("inputs.safetensors", given)
save("outputs.safetensors", made)
with open("case.json", "w") as file:
    json.dump({"kind": "looks", "pillow": PIL.__version__, "numpy": np.__version__}, file)
    file.write("\n")
