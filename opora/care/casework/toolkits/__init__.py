"""Toolkits: a service's forms, document templates, scales and guide as one file that another service takes and changes.

``package`` packs and unpacks the file, ``template_check`` keeps programs out of document templates, ``differences``
compares two packages field by field, ``shipped`` are those that come with Opora, ``facts`` what a file already knows.
"""
