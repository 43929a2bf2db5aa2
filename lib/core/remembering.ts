/** What holds something else entirely should not fill the memory with its answers. */
const MOST_REMEMBERED = 1_000;

/** Asks once for each of few different keys: a million rows say few different words. */
export function remembering<Key, Answer extends string | boolean>(answer: (key: Key) => Answer): (key: Key) => Answer {
  const known = new Map<Key, Answer>();
  return (key) => {
    const remembered = known.get(key);
    if (remembered !== undefined) return remembered;
    const found = answer(key);
    if (known.size < MOST_REMEMBERED) known.set(key, found);
    return found;
  };
}
