"""One module for each format of a provider; `registry.py` names them."""
