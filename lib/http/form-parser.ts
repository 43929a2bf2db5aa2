import busboy from 'busboy';

const mended = new WeakSet<object>();

/**
 * A parser of forms. The charset of a field is the sender's choice, and where it is UTF-16 the field is read by `ucs2Slice` from wherever it lies in the request: half a code
 * unit at its end makes Node write one byte beyond the memory of the text (https://github.com/nodejs/node/pull/64697). From the first parser on that half is not read; no text ever held it.
 */
export function formParser(config: busboy.BusboyConfig): busboy.Busboy {
  const original: unknown = Reflect.get(Buffer.prototype, 'ucs2Slice');
  if (typeof original === 'function' && !mended.has(original)) {
    const whole = function (this: Buffer, start: number, end: number): unknown {
      return Reflect.apply(original, this, [start, end - ((end - start) % 2)]);
    };
    mended.add(whole);
    Reflect.set(Buffer.prototype, 'ucs2Slice', whole);
  }
  return busboy(config);
}
