"""The facilitator's console, with spoilers."""
