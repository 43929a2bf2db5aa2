/** The key that S3 wrote, in an event or in a listing, as forms write values. @throws URIError where it is none */
export function keyOfWritten(written: string): string {
  return decodeURIComponent(written.replaceAll('+', ' '));
}
