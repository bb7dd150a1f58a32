"""Makers of the vendored drawings and letters: run by a developer, their output is committed.

`npm pack @tabler/icons@3.51.0 @fontsource-variable/noto-sans-jp@5.3.1`, unpack both, then
`python -m kaname.ui.assets.icons FOLDER_OF_TABLER` and `python -m kaname.ui.assets.letters FOLDER_OF_NOTO`.
"""
