"""The facilitator's console, with the ground truth."""
