import { createHash } from 'node:crypto';
import type { StatementObject } from '../core/tache.ts';
import type { Objects } from '../ports.ts';

/** What is written beside a dropped file that was not taken. */
export interface DropReport {
  /** Key of the file. */
  readonly fichier: string;
  /** French. */
  readonly raison: string;
  readonly tache?: number;
  readonly [more: string]: unknown;
}

export const DROP_FOLDER = 'depot/';
export const REPORT_FOLDER = 'depot/refus/';
export const RECEIPT_FOLDER = 'depot/recus/';

/** Bytes of the longest key that S3 takes. */
const LONGEST_KEY = 1_024;
const SUFFIX = '.rapport.json';

/**
 * Where the report of a dropped file stands: `depot/operateurs/X/a.csv` → `depot/refus/operateurs/X/a.csv.rapport.json`.
 * Of a key that would grow too long the end makes room for a digest.
 */
export function reportKey(key: string): string {
  return keyUnder(REPORT_FOLDER, key);
}

function keyUnder(folder: string, key: string): string {
  const whole = `${folder}${key.slice(DROP_FOLDER.length)}`;
  if (Buffer.byteLength(whole + SUFFIX) <= LONGEST_KEY) return whole + SUFFIX;
  const digest = `~${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;
  return `${firstBytes(whole, LONGEST_KEY - SUFFIX.length - digest.length)}${digest}${SUFFIX}`;
}

/** As many whole characters as so many bytes hold. */
function firstBytes(text: string, bytes: number): string {
  return new TextDecoder().decode(new TextEncoder().encode(text).subarray(0, bytes), { stream: true });
}

/** Writes the report of a file: the newest one stands. */
export async function writeReport(objects: Objects, source: StatementObject, report: Omit<DropReport, 'fichier'>): Promise<void> {
  await objects.put(reportKey(source.key), body(source, report), 'application/json; charset=utf-8');
}

/** Writes the report of a file unless it has one. */
export async function writeReportOnce(objects: Objects, source: StatementObject, report: Omit<DropReport, 'fichier'>): Promise<boolean> {
  return objects.putOnce(reportKey(source.key), body(source, report), 'application/json; charset=utf-8');
}

/** Says what was taken of a file: the newest receipt stands. */
export async function writeReceipt(objects: Objects, source: StatementObject, receipt: Readonly<Record<string, unknown>>): Promise<void> {
  await objects.put(keyUnder(RECEIPT_FOLDER, source.key), body(source, receipt), 'application/json; charset=utf-8');
}

function body(source: StatementObject, report: Readonly<Record<string, unknown>>): string {
  return `${JSON.stringify({ fichier: source.key, ...report }, null, 2)}\n`;
}
