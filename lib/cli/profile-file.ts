import { readFile } from 'node:fs/promises';
import type * as z from 'zod';
import type { Operator } from '../core/operator.ts';
import { fieldErrors } from '../http/field-errors.ts';
import { operatorWish, patchedOperator } from '../http/operator-wire.ts';
import { operatorPatch, operatorProfile } from '../http/schemas/operator-profile.ts';
import { Failure, type FieldErrors } from '../use-cases/failure.ts';
import { UsageError } from './command-line.ts';

/** A profile that was never stored has no number. */
const NO_ID = 0;

/**
 * The operator that a profile file describes: the JSON that the operators API takes.
 * @param current an operator whose fields stand where the file leaves them out; without one the file must say everything
 * @throws UsageError where the file is no sound profile, naming each field
 */
export async function profiledOperator(path: string, current: Operator | undefined): Promise<Operator> {
  const body = await jsonOf(path);
  if (current === undefined) {
    const wish = operatorWish(parsed(operatorProfile, body));
    return { ...wish, id: wish.id ?? NO_ID };
  }
  try {
    return { ...patchedOperator(current, parsed(operatorPatch, body)), id: current.id };
  } catch (error) {
    if (error instanceof Failure && error.reason.code === 'invalid-request') throw unsound(error.reason.errors ?? {});
    throw error;
  }
}

async function jsonOf(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`--profil : ${error instanceof SyntaxError ? `le fichier ${path} n'est pas du JSON` : `le fichier ${path} n'existe pas ou ne peut pas être lu`}.`);
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const result = schema.safeParse(body);
  if (!result.success) throw unsound(fieldErrors(result.error.issues));
  return result.data;
}

function unsound(errors: FieldErrors): UsageError {
  const lines = Object.entries(errors).map(([field, texts]) => `  ${field} : ${texts.join(' ')}`);
  return new UsageError(['--profil : ce profil ne convient pas.', ...lines].join('\n'));
}
