/** What was sent to a queue, oldest first. */
export interface QueueInMemory<Message> {
  readonly send: (message: Message) => Promise<void>;
  sent(): readonly Message[];
  /** Takes everything that was sent. */
  drain(): readonly Message[];
}

export function queueInMemory<Message>(): QueueInMemory<Message> {
  let messages: Message[] = [];
  return {
    send: async (message) => void messages.push(message),
    sent: () => [...messages],
    drain: () => {
      const taken = messages;
      messages = [];
      return taken;
    },
  };
}
