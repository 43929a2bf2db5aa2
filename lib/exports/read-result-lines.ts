import { bytesOf, head } from '../files/byte-source.ts';
import { gunzipped } from '../files/gzip-bytes.ts';
import { type ResultLine, resultLine } from './result-line.ts';

const GZIP = 0x1f8b;

/** The lines of a run, some hundreds at a time. @param path text with one JSON object a line, gzip'ed or not @throws ZodError for a line that is none */
export async function* readResultLines(path: string): AsyncGenerator<readonly ResultLine[]> {
  const packed = bytesOf({ kind: 'path', path });
  const start = await head(packed, 2);
  const source = start.length === 2 && start.readUInt16BE() === GZIP ? gunzipped(packed) : packed;
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of source.chunks()) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield lines.map(lineOf);
  }
  if (rest !== '') yield [lineOf(rest)];
}

function lineOf(text: string): ResultLine {
  return resultLine.parse(JSON.parse(text));
}
