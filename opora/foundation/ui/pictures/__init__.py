"""Pictures drawn on the server: charts and maps as inline SVG, with the same facts as a table.

No script, no inline style: the same drawing stands on the page, in a PDF and, through
`svg_to_png`, in a Word document. Every function returns a `Picture`; a page shows it with
`{% from "ui/pictures.html" import picture %}{{ picture(value) }}`.
"""

from opora.foundation.ui.pictures.bars import Bar, bars
from opora.foundation.ui.pictures.classes import Classes, classes
from opora.foundation.ui.pictures.geometry import Polygons, cells, from_geojson
from opora.foundation.ui.pictures.maps import Area, choropleth
from opora.foundation.ui.pictures.picture import Picture
from opora.foundation.ui.pictures.png import svg_to_png
from opora.foundation.ui.pictures.values import Hidden, Value, spoken

__all__ = [
    "Area",
    "Bar",
    "Classes",
    "Hidden",
    "Picture",
    "Polygons",
    "Value",
    "bars",
    "cells",
    "choropleth",
    "classes",
    "from_geojson",
    "spoken",
    "svg_to_png",
]
