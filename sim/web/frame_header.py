"""Two fields in the header of a frame depend on where it is shown: the side, and the number of its timeline."""

SIDE_AT, SERIAL_AT, HEADER_END = 1, 14, 16  # bytes; the layout is that of `sim.experiments.live.frame`


def shown_frame(frame: bytes, side: int, serial: int) -> bytes:
    """A frame marked for a side of a room.

    Args:
        frame: The frame.
        side: 0 left, 1 right.
        serial: Number of its timeline in the room.

    >>> shown_frame(bytes(17), 1, 258)[14:]
    b'\\x02\\x01\\x00'
    """
    number = serial.to_bytes(HEADER_END - SERIAL_AT, "little")
    return frame[:SIDE_AT] + bytes([side]) + frame[SIDE_AT + 1 : SERIAL_AT] + number + frame[HEADER_END:]
