import type Docker from 'dockerode';
import { afterEach, describe, expect, it } from 'vitest';
import { backendsUnderTest } from '../testing/backends.ts';
import { createContainer, gone, OWNER_LABEL } from './docker-container.ts';
import { withLinker, type End } from './docker-link.ts';
import { connect } from './docker-client.ts';
import { ensureImage } from './image.ts';
import { formatOwner, thisProcess } from './owner.ts';

const underTest = (await backendsUnderTest()).some(({ name }) => name === 'docker');

describe.runIf(underTest)('a link between two containers', () => {
  const { docker: client } = connect();
  const made: Docker.Container[] = [];
  afterEach(async () => {
    for (const container of made.splice(0)) await gone(container.remove({ force: true }));
  });

  /** A container that waits, with the inode of its network namespace. */
  async function end(image: string): Promise<End> {
    const command = ['sh', '-c', 'stat -Lc %i /proc/self/ns/net; read -r _'];
    const container = await createContainer(client, {
      image,
      command,
      capabilities: ['NET_ADMIN'],
    });
    made.push(container);
    const stream = await container.attach({ stream: true, stdout: true });
    const said = new Promise<Buffer>((resolve) => stream.once('data', resolve));
    await container.start();
    return { container, netns: Number(/\d{6,}/.exec((await said).toString())?.[0]) };
  }

  const image = (): Promise<string> => ensureImage(client, () => undefined);
  /** Ids of the containers that link for this very process. */
  const linkers = async (): Promise<string[]> => {
    const label = [`${OWNER_LABEL}=${formatOwner(thisProcess())}`];
    const list = await client.listContainers({ filters: { label } });
    return list.filter(({ Command }) => Command.includes('netns_one')).map(({ Id }) => Id);
  };

  it('is made by one for all, which is gone when the last lets it go', async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(async () => withLinker(client, await image())),
    );
    expect(await linkers()).toHaveLength(1);
    await one?.link(await end(await image()), await end(await image()));
    await one?.release();
    expect(await linkers()).toHaveLength(1);
    await other?.release();
    expect(await linkers()).toEqual([]);
  });

  it('is not made where a process is not the one that was meant', async () => {
    const { link, release } = await withLinker(client, await image());
    const [one, two] = [await end(await image()), await end(await image())];
    const wrong = link({ ...one, netns: two.netns }, two);
    await expect(wrong).rejects.toThrow('cannot link two containers: a container has ended');
    await link(one, two);
    await release();
  });

  it('fails where the one who makes it has been killed, but not for the next', async () => {
    const { link, release } = await withLinker(client, await image());
    const ends: [End, End] = [await end(await image()), await end(await image())];
    for (const id of await linkers()) await client.getContainer(id).remove({ force: true });
    await expect(link(...ends)).rejects.toThrow('cannot link two containers: ');
    await release();
    const next = await withLinker(client, await image());
    await next.link(...ends);
    await next.release();
  });
});
