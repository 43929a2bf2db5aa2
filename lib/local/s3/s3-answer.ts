import type { Readable } from 'node:stream';
import { type XmlElement, xmlDocument } from './xml-writer.ts';

/** What goes back. A header that is `undefined` is left out. */
export interface S3Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Readable;
}

export function xmlAnswer(root: XmlElement, headers: S3Answer['headers'] = {}): S3Answer {
  return { status: 200, headers: { 'content-type': 'application/xml', ...headers }, body: xmlDocument(root) };
}
