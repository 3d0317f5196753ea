"""The screens. A page reads its widgets, calls one function below and draws."""
