import type { Program } from '../../kernel/sys.ts';

/** What the machine is called where images are made. */
const ARCHITECTURE: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64v8' };

/** Docker's own words: the text of the hello-world image. */
const text = (architecture: string): string => `
Hello from Docker!
This message shows that your installation appears to be working correctly.

To generate this message, Docker took the following steps:
 1. The Docker client contacted the Docker daemon.
 2. The Docker daemon pulled the "hello-world" image from the Docker Hub.
    (${architecture})
 3. The Docker daemon created a new container from that image which runs the
    executable that produces the output you are currently reading.
 4. The Docker daemon streamed that output to the Docker client, which sent it
    to your terminal.

To try something more ambitious, you can run an Ubuntu container with:
 $ docker run -it ubuntu bash

Share images, automate workflows, and more with a free Docker ID:
 https://hub.docker.com/

For more examples and ideas, visit:
 https://docs.docker.com/get-started/

`;

/** The program of the `hello-world` image: says hello, and ends. */
export const hello: Program = async (sys) => {
  await sys.write(1, new TextEncoder().encode(text(ARCHITECTURE[sys.uname.machine] ?? sys.uname.machine)));
  return 0;
};
