import type { Part } from './parts.ts';

/** One of the report's parts, as it was before it was compressed. */
export async function part(name: Part): Promise<Uint8Array> {
  const element = document.querySelector(`script[data-part="${name}"]`);
  const packed = atob(element?.textContent ?? '');
  const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export const textPart = async (name: Part): Promise<string> =>
  new TextDecoder().decode(await part(name));
