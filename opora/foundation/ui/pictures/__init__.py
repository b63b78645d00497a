"""Pictures drawn on the server: charts and maps as inline SVG, with the same facts as a table.

No script, no inline style: the same drawing stands on the page, in a PDF and, through
`svg_to_png(picture.framed)`, in a Word document. Every function returns a `Picture`; a page
shows it with `{% from "ui/pictures.html" import picture %}{{ picture(value) }}`.
"""

from opora.foundation.ui.pictures.bars import Bar, bars
from opora.foundation.ui.pictures.cells import cells, merged
from opora.foundation.ui.pictures.classes import Classes, classes
from opora.foundation.ui.pictures.dots import Dots, dots
from opora.foundation.ui.pictures.ecomap import Tie, ecomap
from opora.foundation.ui.pictures.genogram import genogram
from opora.foundation.ui.pictures.geometry import Polygons, from_geojson
from opora.foundation.ui.pictures.kin import Kin, Pair
from opora.foundation.ui.pictures.lines import Expected, Panel, small_lines
from opora.foundation.ui.pictures.maps import Area, choropleth
from opora.foundation.ui.pictures.picture import Picture
from opora.foundation.ui.pictures.places import Places, places_bars
from opora.foundation.ui.pictures.png import svg_to_png
from opora.foundation.ui.pictures.points import Place, points_map
from opora.foundation.ui.pictures.progress import progress_bar
from opora.foundation.ui.pictures.values import Hidden, Value, spoken

__all__ = [
    "Area",
    "Bar",
    "Classes",
    "Dots",
    "Expected",
    "Hidden",
    "Kin",
    "Pair",
    "Panel",
    "Picture",
    "Place",
    "Places",
    "Polygons",
    "Tie",
    "Value",
    "bars",
    "cells",
    "choropleth",
    "classes",
    "dots",
    "ecomap",
    "from_geojson",
    "genogram",
    "merged",
    "places_bars",
    "points_map",
    "progress_bar",
    "small_lines",
    "spoken",
    "svg_to_png",
]
