import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** The same bytes each time. */
const MADE = new Date(2026, 0, 1);

/** A zip file of named texts or bytes. */
export async function zipBytes(entries: Readonly<Record<string, string | Uint8Array>>, compress = true): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name, { compress, mtime: MADE });
  zip.end();
  return buffer(zip.outputStream);
}
