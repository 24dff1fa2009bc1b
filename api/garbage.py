"""How often Python looks for garbage that only holds itself."""

import gc

_NEW_OBJECTS, _YOUNG, _MIDDLE = 50_000, 20, 20


def look_for_garbage_seldom() -> None:
    """Look after 50,000 new objects instead of 700, and through all that there is still more seldom.

    Facts and answers are made by thousands, hold no circles, and are gone when nobody holds them. To look
    through them again and again took two fifths of the time of what touches a hundred people.
    """
    gc.set_threshold(_NEW_OBJECTS, _YOUNG, _MIDDLE)
