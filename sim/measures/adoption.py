"""What is written down each month of a firm's transformation, as it stands."""

PROGRAMME = (
    "adoption", "adoption_strategy", "adoption_process", "adoption_technology", "adoption_structure",
    "adoption_culture", "programme_built", "learning_share", "adoption_believed_gain", "programme_dropped",
)  # fmt: skip
