const WIDE = /^(?:utf-?16le|ucs-?2)$/iu;

/**
 * Does work during which no Buffer reads half a code unit of UTF-16. Where an odd number of bytes is read from an odd place, Node writes one byte beyond the memory of the text
 * (https://github.com/nodejs/node/pull/64697), and a library that trusts the lengths which a damaged file states asks for that. The half is left out of the text either way.
 */
export function withWholeCodeUnits<Result>(work: () => Result): Result {
  const original = Buffer.prototype.toString;
  Buffer.prototype.toString = function (this: Buffer, encoding?: BufferEncoding, start = 0, end = this.length) {
    if (encoding === undefined || !WIDE.test(encoding)) return original.call(this, encoding, start, end);
    const from = Math.max(0, Math.trunc(start));
    const to = Math.min(this.length, Math.trunc(end));
    return original.call(this, encoding, from, to - ((to - from) % 2));
  };
  try {
    return work();
  } finally {
    Buffer.prototype.toString = original;
  }
}
