from .MagpieChart import MagpieChart

__all__ = [
    "MagpieChart"
]