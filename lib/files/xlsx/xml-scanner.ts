import { UnreadableFile } from '../unreadable-file.ts';

/** What the scanner tells about an XML document, in document order. Positions are in the given bytes and hold during the call only. */
export interface XmlEvents {
  /** May take a whole element that starts at a position within the root; returns where it ends, or 0 to have it told in parts. */
  shortcut?(bytes: Buffer, at: number): number;
  open(name: number, attributes: XmlAttributes): void;
  /** A piece of character data; `literal` in CDATA, where `&` is itself. One text may come in several pieces. */
  text(bytes: Buffer, start: number, end: number, literal: boolean): void;
  close(name: number): void;
}

/** The attributes of the element being opened. */
export interface XmlAttributes {
  readonly bytes: Buffer;
  readonly count: number;
  readonly names: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

const LT = 0x3c;
const GT = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const QUESTION = 0x3f;
const EXCLAMATION = 0x21;
const COLON = 0x3a;
const SPACE = 0x20;

const DEEPEST = 128;
const MOST_ATTRIBUTES = 512;
const LONGEST_TOKEN_BYTES = 4 * 1024 * 1024;
const CDATA = Buffer.from('<![CDATA[');
const CDATA_END = Buffer.from(']]>');
const COMMENT = Buffer.from('<!--');
const COMMENT_END = Buffer.from('-->');
const INSTRUCTION_END = Buffer.from('?>');
/** The rest of a token is in the next chunk. */
const UNFINISHED = -1;

/** The number that stands for an element or attribute name without its prefix. */
export function nameCode(name: string): number {
  let code = 0;
  for (let index = 0; index < name.length; index++) code = (Math.imul(code, 31) + name.charCodeAt(index)) | 0;
  return code;
}

/**
 * Scans XML bytes as they come, without building text or trees: the reader of sheets with a million rows.
 * Names are hashes of the part after the prefix. Document types, and with them entities, are refused.
 * @throws UnreadableFile `corrupt` on XML that is not well formed
 */
export class XmlScanner implements XmlAttributes {
  bytes: Buffer = Buffer.alloc(0);
  count = 0;
  readonly names = new Int32Array(MOST_ATTRIBUTES);
  readonly starts = new Int32Array(MOST_ATTRIBUTES);
  readonly ends = new Int32Array(MOST_ATTRIBUTES);

  readonly #events: XmlEvents;
  readonly #stack = new Int32Array(DEEPEST);
  #depth = 0;
  #rootSeen = false;
  #atStart = true;
  #code = 0;

  constructor(events: XmlEvents) {
    this.#events = events;
  }

  /** Takes the next bytes of the document. */
  feed(chunk: Buffer): void {
    const rest = this.bytes;
    this.bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = this.#atStart ? this.#skipMark() : 0;
    while (at < this.bytes.length) {
      const next = this.bytes[at] === LT ? this.#element(at) : this.#text(at);
      if (next === UNFINISHED) break;
      at = next;
    }
    this.bytes = this.bytes.subarray(at);
    if (this.bytes.length > LONGEST_TOKEN_BYTES) throw malformed('a token of more than 4 MB');
  }

  /** Says that the document ends here. */
  end(): void {
    if (this.bytes.some((byte) => byte > SPACE) || this.#depth > 0 || !this.#rootSeen) throw malformed('the document ends inside of an element');
  }

  #skipMark(): number {
    if (this.bytes.length < 3) return 0;
    this.#atStart = false;
    return this.bytes[0] === 0xef && this.bytes[1] === 0xbb && this.bytes[2] === 0xbf ? 3 : 0;
  }

  #text(start: number): number {
    const { bytes } = this;
    const { length } = bytes;
    let end = start;
    while (end < length && bytes[end] !== LT) end++;
    if (end === length) return UNFINISHED;
    this.#emitText(start, end, false);
    return end;
  }

  #emitText(start: number, end: number, literal: boolean): void {
    if (this.#depth > 0) this.#events.text(this.bytes, start, end, literal);
    else for (let at = start; at < end; at++) if ((this.bytes[at] ?? 0) > SPACE) throw malformed('text outside of the root element');
  }

  #element(at: number): number {
    const taken = this.#depth > 0 ? (this.#events.shortcut?.(this.bytes, at) ?? 0) : 0;
    return taken > 0 ? taken : this.#markup(at);
  }

  #markup(at: number): number {
    if (at + 1 >= this.bytes.length) return UNFINISHED;
    const second = this.bytes[at + 1];
    if (second === SLASH) return this.#closeTag(at + 2);
    if (second === QUESTION) return this.#after(INSTRUCTION_END, at + 2);
    if (second === EXCLAMATION) return this.#declaration(at);
    return this.#openTag(at + 1);
  }

  #after(mark: Buffer, from: number): number {
    const found = this.bytes.indexOf(mark, from);
    return found === -1 ? UNFINISHED : found + mark.length;
  }

  #declaration(at: number): number {
    const { bytes } = this;
    if (startsWith(bytes, at, COMMENT)) return this.#after(COMMENT_END, at + COMMENT.length);
    if (startsWith(bytes, at, CDATA)) {
      const next = this.#after(CDATA_END, at + CDATA.length);
      if (next !== UNFINISHED) this.#emitText(at + CDATA.length, next - CDATA_END.length, true);
      return next;
    }
    if (bytes.length - at < CDATA.length) return UNFINISHED;
    throw malformed('a document type declaration');
  }

  #closeTag(nameStart: number): number {
    const { bytes } = this;
    let at = this.#name(nameStart);
    while (at < bytes.length && isBlank(bytes[at])) at++;
    if (at >= bytes.length) return UNFINISHED;
    if (bytes[at] !== GT || this.#depth === 0 || this.#stack[this.#depth - 1] !== this.#code) throw malformed('a closing tag that closes nothing');
    this.#depth--;
    this.#events.close(this.#code);
    return at + 1;
  }

  #openTag(nameStart: number): number {
    const { bytes } = this;
    const { length } = bytes;
    let at = this.#name(nameStart);
    const name = this.#code;
    this.count = 0;
    for (;;) {
      const blank = at;
      while (at < length && isBlank(bytes[at])) at++;
      if (at >= length) return UNFINISHED;
      const byte = bytes[at];
      if (byte === GT) {
        this.#opened(name);
        return at + 1;
      }
      if (byte === SLASH) {
        if (at + 1 >= length) return UNFINISHED;
        if (bytes[at + 1] !== GT) throw malformed('a slash inside of a tag');
        this.#opened(name);
        this.#depth--;
        this.#events.close(name);
        return at + 2;
      }
      if (blank === at) throw malformed('no blank before an attribute');
      at = this.#attribute(at);
      if (at === UNFINISHED) return UNFINISHED;
    }
  }

  #opened(name: number): void {
    if (this.#depth === 0 && this.#rootSeen) throw malformed('two root elements');
    if (this.#depth === DEEPEST) throw malformed('elements nested too deep');
    this.#rootSeen = true;
    this.#stack[this.#depth++] = name;
    this.#events.open(name, this);
  }

  #attribute(nameStart: number): number {
    const { bytes } = this;
    const { length } = bytes;
    let at = this.#name(nameStart);
    while (at < length && isBlank(bytes[at])) at++;
    if (at >= length) return UNFINISHED;
    if (bytes[at] !== EQUALS) throw malformed('an attribute without value');
    at++;
    while (at < length && isBlank(bytes[at])) at++;
    if (at >= length) return UNFINISHED;
    const quote = bytes[at];
    if (quote !== QUOTE && quote !== APOSTROPHE) throw malformed('an attribute value without quotes');
    const start = ++at;
    while (at < length && bytes[at] !== quote) {
      if (bytes[at] === LT) throw malformed('a tag inside of an attribute');
      at++;
    }
    if (at >= length) return UNFINISHED;
    if (this.count === MOST_ATTRIBUTES) throw malformed('too many attributes');
    this.names[this.count] = this.#code;
    this.starts[this.count] = start;
    this.ends[this.count++] = at;
    return at + 1;
  }

  /** Reads a name into `#code`. At the end of the bytes the caller finds the token unfinished. */
  #name(start: number): number {
    const { bytes } = this;
    const { length } = bytes;
    let code = 0;
    let at = start;
    for (; at < length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte <= SPACE || byte === GT || byte === SLASH || byte === EQUALS) break;
      if (byte === LT || byte === QUOTE || byte === APOSTROPHE) throw malformed('a name that is none');
      code = byte === COLON ? 0 : (Math.imul(code, 31) + byte) | 0;
    }
    if (at === start && at < length) throw malformed('a tag without name');
    this.#code = code;
    return at;
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === SPACE || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Whether bytes go on with a mark. By hand: the marks are short, and calls into native code are not. */
export function startsWith(bytes: Buffer, at: number, mark: Buffer): boolean {
  for (let index = 0; index < mark.length; index++) if (bytes[at + index] !== mark[index]) return false;
  return true;
}

function malformed(what: string): UnreadableFile {
  return new UnreadableFile('corrupt', `XML: ${what}`);
}
