"""The model alone: what firms and customers do in a month. It knows no Mesa, no tables and no files."""
