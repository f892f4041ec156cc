"""Making a scenario from an archetype: the choices, and the preview of what comes out."""
