# SPDX-FileCopyrightText: 2026 The dynkin authors
# SPDX-License-Identifier: LGPL-2.1-or-later

"""Reads the point data of a VTU file (compressed binary blocks), without ParaView."""

import base64
import xml.etree.ElementTree
import zlib

import numpy as np

TYPES = {"Float32": np.float32, "Float64": np.float64, "Int32": np.int32, "UInt8": np.uint8,
         "Int64": np.int64, "UInt32": np.uint32}


def array(element):
    """The numbers of a DataArray: a header of block sizes and zlib blocks, each part in base64."""
    text = "".join(element.text.split())
    n_blocks = np.frombuffer(base64.b64decode(text[:8])[:4], np.uint32)[0]
    n_header = 4 * ((4 * (3 + n_blocks) + 2) // 3)
    sizes = np.frombuffer(base64.b64decode(text[:n_header]), np.uint32)[3:]
    content, data, begin = base64.b64decode(text[n_header:]), b"", 0
    for size in sizes:
        data += zlib.decompress(content[begin:begin + size])
        begin += size
    numbers = np.frombuffer(data, TYPES[element.get("type")])
    width = int(element.get("NumberOfComponents", 1))
    return numbers.reshape(-1, width) if width > 1 else numbers


def read(path):
    """Points (n, 3) and the fields at them by name."""
    points, fields = [], {}
    for piece in xml.etree.ElementTree.parse(path).getroot().iter("Piece"):
        points.append(array(piece.find("Points/DataArray")))
        for element in piece.iter("PointData"):
            for data in element.iter("DataArray"):
                fields.setdefault(data.get("Name"), []).append(array(data))
    return np.concatenate(points), {name: np.concatenate(parts) for name, parts in fields.items()}


def times(path):
    """Times and files of a PVD series."""
    return [(float(entry.get("timestep")), entry.get("file"))
            for entry in xml.etree.ElementTree.parse(path).getroot().iter("DataSet")]
