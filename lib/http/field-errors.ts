import type * as z from 'zod';
import type { FieldErrors } from '../use-cases/failure.ts';

/** Where a problem lies with the whole of a body. */
const WHOLE = 'corps';

/** What zod says itself of a union. */
const UNTOLD = 'Invalid input';

/** The issues of a schema as French texts by field. Texts that a schema gives itself are French already. */
export function fieldErrors(issues: readonly z.core.$ZodIssue[]): FieldErrors {
  const errors = new Map<string, string[]>();
  const add = (path: readonly PropertyKey[], text: string) => {
    const field = path.map(String).join('.') || WHOLE;
    errors.set(field, [...(errors.get(field) ?? []), text]);
  };
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') for (const key of issue.keys) add([...issue.path, key], 'Champ inconnu.');
    else add(issue.path, french(issue));
  }
  return Object.fromEntries(errors);
}

function french(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.includes('received undefined') ? 'Ce champ est obligatoire.' : `Type inattendu : ${FRENCH_TYPES[issue.expected] ?? issue.expected} attendu.`;
    case 'too_big':
      return `Valeur trop grande : ${issue.maximum} au plus.`;
    case 'too_small':
      return issue.minimum === 1 && issue.origin === 'string' ? 'Ce champ ne peut pas être vide.' : `Valeur trop petite : ${issue.minimum} au moins.`;
    case 'invalid_value':
      return `Valeur inconnue : ${issue.values.map(String).join(', ')} attendu.`;
    case 'custom':
      return issue.message;
    case 'invalid_union':
      return issue.message === UNTOLD ? 'Valeur invalide.' : issue.message;
    default:
      return 'Valeur invalide.';
  }
}

const FRENCH_TYPES: Readonly<Record<string, string>> = {
  string: 'un texte',
  number: 'un nombre',
  int: 'un nombre entier',
  object: 'un objet',
  array: 'un tableau',
  boolean: 'vrai ou faux',
};
