import type { FunctionRun } from './cloud-run.ts';

/** List prices of us-east-1 in US dollars, without any free tier: DynamoDB on demand since November 2024, Lambda on arm64. */
const PRICES = { readUnit: 0.125e-6, writeUnit: 0.625e-6, gigabyteSecond: 0.0000133334 };
/** What the functions that read files are given. */
const GIGABYTES = 1769 / 1024;
const MILLION = 1_000_000;

/** What a million rows cost in a function, as a line for people. @param rows that the run moved */
export function costOfMillion(program: string, { usage, total, resultBytes }: FunctionRun, rows: number): string {
  const scale = MILLION / rows;
  const gigabyteSeconds = usage.cpuSeconds * GIGABYTES * scale;
  const dollars = scale * (total.readUnits * PRICES.readUnit + total.writeUnits * PRICES.writeUnit) + gigabyteSeconds * PRICES.gigabyteSecond;
  const parts = [
    `${count(total.requests * scale)} requests`,
    `${count(total.readUnits * scale)} read units`,
    `${count(total.writeUnits * scale)} write units`,
    `${count(gigabyteSeconds)} GB-s`,
    ...(resultBytes === 0 ? [] : [`${count((resultBytes * scale) / MILLION)} MB to S3`]),
  ];
  return `${program}, a million rows: ${parts.join(', ')}: **$${dollars.toFixed(2)}**`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
