"""The steps of `make gpu-check`, each a module with `step(report)`; `tests.gpu.__main__` names them in their order."""
