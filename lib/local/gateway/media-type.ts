/** Whether a media type is one of those that an API treats as binary. Parameters such as `charset` do not count. */
export function isBinaryType(value: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  const type = (value ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';
  return binaryMediaTypes.some((binary) => matches(type, binary.toLowerCase()));
}

function matches(type: string, binary: string): boolean {
  if (binary === '*/*') return true;
  return binary.endsWith('/*') ? type.startsWith(binary.slice(0, -1)) : type === binary;
}
