import { openRows } from '../../lib/files/open-rows.ts';
import { entryChunks, openArchive } from '../../lib/files/zip-archive.ts';

/** Prints what reading a file costs in a fresh process: `node test/files/measure-reading.ts <file> [--inflate-only]`. */
const [path = '', mode] = process.argv.slice(2);
const startedAt = performance.now();
const startCpu = process.cpuUsage();
const counted = mode === '--inflate-only' ? await inflate() : await read();
const { user, system } = process.cpuUsage(startCpu);
console.log(
  JSON.stringify({
    path,
    ...counted,
    cpuSeconds: (user + system) / 1e6,
    wallSeconds: Math.round(performance.now() - startedAt) / 1_000,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1_024),
  }),
);

async function read(): Promise<{ readonly rows: number; readonly cells: number }> {
  let rows = 0;
  let cells = 0;
  for await (const batch of (await openRows({ kind: 'path', path })).batches) {
    rows += batch.length;
    for (const row of batch) cells += row.length;
  }
  return { rows, cells };
}

/** The floor of reading a workbook: inflating its entries and checking their sums. */
async function inflate(): Promise<{ readonly bytes: number }> {
  const archive = await openArchive({ kind: 'path', path });
  let bytes = 0;
  for (const entry of archive.entries.values()) for await (const chunk of entryChunks(archive, entry)) bytes += chunk.length;
  return { bytes };
}
