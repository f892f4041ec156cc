"""What a report says, subject by subject, as blocks of the content model."""
