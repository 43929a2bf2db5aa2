import { Transform, type TransformCallback } from 'node:stream';
import { incompleteBody, invalidRequest, type S3Error } from './s3-error.ts';

const LONGEST_LINE = 8_192;

/**
 * Takes the `aws-chunked` framing off a body: `<hex size>[;chunk-signature=…]\r\n<bytes>\r\n` … `0\r\n[trailer: value\r\n …]\r\n`.
 * Chunk signatures are not checked. `trailers` is whole once the stream has ended. A frame that is cut or malformed ends it with an S3Error.
 */
export class AwsChunkedDecoder extends Transform {
  readonly trailers = new Map<string, string>();
  private state: 'size' | 'data' | 'data-end' | 'trailer' | 'done' = 'size';
  private left = 0;
  private line = Buffer.alloc(0);

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    done(this.consume(chunk));
  }

  override _flush(done: TransformCallback): void {
    done(this.state === 'done' ? null : incompleteBody());
  }

  private consume(chunk: Buffer): S3Error | null {
    let rest = chunk;
    while (rest.length > 0) {
      if (this.state === 'done') return invalidRequest('There are bytes after the last chunk');
      if (this.state === 'data') {
        const data = rest.subarray(0, this.left);
        this.push(data);
        this.left -= data.length;
        if (this.left === 0) this.state = 'data-end';
        rest = rest.subarray(data.length);
        continue;
      }
      const end = rest.indexOf(0x0a);
      const taken = end === -1 ? rest.length : end + 1;
      this.line = Buffer.concat([this.line, rest.subarray(0, taken)]);
      rest = rest.subarray(taken);
      if (this.line.length > LONGEST_LINE) return invalidRequest('A chunk header is too long');
      if (end === -1) return null;
      const line = this.line.toString('latin1').replace(/\r?\n$/, '');
      this.line = Buffer.alloc(0);
      const failure = this.takeLine(line);
      if (failure !== null) return failure;
    }
    return null;
  }

  private takeLine(line: string): S3Error | null {
    switch (this.state) {
      case 'size': {
        const size = /^([0-9a-fA-F]{1,12})(?:;.*)?$/.exec(line)?.[1];
        if (size === undefined) return invalidRequest('A chunk does not begin with its size');
        this.left = Number.parseInt(size, 16);
        this.state = this.left === 0 ? 'trailer' : 'data';
        return null;
      }
      case 'data-end':
        this.state = 'size';
        return line === '' ? null : invalidRequest('A chunk is longer than its size');
      case 'trailer': {
        if (line === '') {
          this.state = 'done';
          return null;
        }
        const colon = line.indexOf(':');
        if (colon < 1) return invalidRequest('A trailer has no name');
        this.trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
        return null;
      }
      case 'data':
      case 'done':
        return null;
      default:
        return this.state satisfies never;
    }
  }
}
