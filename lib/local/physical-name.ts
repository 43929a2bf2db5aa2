import { createHash } from 'node:crypto';

const HASH_CHARACTERS = 12;
const BITS_PER_CHARACTER = 5;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** A name that CloudFormation could have made: the same at every start, because state on disk is found by it. */
export function generatedName(stackName: string, logicalId: string, longest: number): string {
  const hash = identifier(`${stackName}/${logicalId}`, HASH_CHARACTERS);
  const room = longest - hash.length - 1;
  return `${`${stackName}-${logicalId}`.slice(0, room)}-${hash}`;
}

/** An opaque id of lower-case letters and digits, as services give them, derived from what it names. */
export function identifier(seed: string, characters: number): string {
  const bits = [...createHash('sha512').update(seed).digest()].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return Array.from({ length: characters }, (_, index) => ALPHABET.charAt(Number.parseInt(bits.slice(index * BITS_PER_CHARACTER, (index + 1) * BITS_PER_CHARACTER), 2))).join('');
}
