import type { World } from './world.ts';

/**
 * What flows send in that no line of a log may hold, whatever happens to it: file names, references and rows carry the tag of their run, and everything else here
 * belongs to a person.
 */
const MARKS: readonly (readonly [string, RegExp])[] = [
  // The code of an operator is no secret.
  ['a file, a row or a name of a run', /(?<!DDVA)W\d{5}/iu],
  ['a phone number', /(?:225)?05(?:0102|1000)\d{4}/u],
  ['a password', /mot-de-passe|un-autre-mot|motdepasse/u],
  ['somebody', /personne-|cliente-|Caissière|Superviseure|guichet/u],
  ['an address', /@example/u],
  ['a token', /eyJ[\w-]{8}/u],
  ['an event', /"(?:Records|requestContext|multiValueHeaders|cpm_trans_id|Identifiant)\\?"/u],
];

/** Lines that hold what they may not, each with what that is. @param secrets what a run was given: tokens, secrets, ids */
export function leaksIn(lines: readonly string[], secrets: Iterable<string> = []): readonly string[] {
  const given = [...secrets].filter((secret) => secret.length >= SHORTEST_SECRET);
  return lines.flatMap((line) => {
    const found = MARKS.filter(([, pattern]) => pattern.test(line)).map(([what]) => what);
    if (given.some((secret) => line.includes(secret))) found.push('a secret');
    return found.length === 0 ? [] : [`${found.join(', ')}: ${line}`];
  });
}

const SHORTEST_SECRET = 20;

/** A row in which everything is marked. */
export function markedRow({ tag, day }: World): object {
  return { Date: `${day} 12:00:00`, Identifiant: `${tag}-MARQUE`, Statut: 'SUCCES', Montant: 'mille', Numero: '0501020304', Compte: `${tag}-compte` };
}
