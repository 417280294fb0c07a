"""The manifest: an issue's order, read from YAML into the model.

``place`` finds it, ``reader`` reads it, with what a whole project needs for that.
"""
