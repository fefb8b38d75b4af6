/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    page: import('./page.ts').Page;
    frame: import('./page.ts').Frame;
  }
}
