"""What messages carry on: the injects and messages that each quotes, itself or by the messages that it quotes."""

from dataclasses import dataclass, field

from incidentsim.domain.facts import MessageSent


@dataclass(slots=True)
class Quotes:
    """A fold of messages, in their order.

    Attributes:
        injects: the ids of the injects that a message quotes, by its number, each once.
        messages: the numbers of the messages that a message quotes, by its number, each once.
    """

    injects: dict[int, tuple[str, ...]] = field(default_factory=dict)
    messages: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def take(self, message: MessageSent) -> None:
        """Take in the next message; what it quotes that was never sent counts for nothing."""
        injects, messages = dict.fromkeys(message.injects), dict.fromkeys(message.messages)
        for number in message.messages:
            injects.update(dict.fromkeys(self.injects.get(number, ())))
            messages.update(dict.fromkeys(self.messages.get(number, ())))
        self.injects[message.number], self.messages[message.number] = tuple(injects), tuple(messages)
