"""Ground floor: what the data must be. No disk, no network, no Prefect; text and frames in, judgements out."""
