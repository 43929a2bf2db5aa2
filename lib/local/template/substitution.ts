const PLACEHOLDER = /\$\{(!?)([^}]*)\}/g;

/** Fills the `${Name}` of an `Fn::Sub` pattern; `${!Name}` stays as the literal `${Name}`. */
export function substitute(pattern: string, valueNamed: (name: string) => string): string {
  return pattern.replace(PLACEHOLDER, (_, literal: string, name: string) => (literal === '!' ? `\${${name}}` : valueNamed(name.trim())));
}

/** The names that an `Fn::Sub` pattern uses. */
export function placeholders(pattern: string): readonly string[] {
  return [...pattern.matchAll(PLACEHOLDER)].filter(([, literal]) => literal !== '!').map(([, , name = '']) => name.trim());
}
