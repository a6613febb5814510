"""Tables of columns, exact arithmetic and the compiler: what the model is written with. It knows nothing of markets."""
