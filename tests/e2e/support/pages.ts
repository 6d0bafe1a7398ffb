import type { Page } from "@playwright/test";

import { composer, expect } from "./app";

export interface Route {
  path: string;
  /** Resolves once the page is there. */
  ready: (page: Page) => Promise<void>;
  /** By what a screen reader finds its way here; more may be there. */
  landmarks: string;
}

function heading(name: string) {
  return (page: Page) => expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
}

/** Every address that needs nobody signed in. */
export const publicRoutes: readonly Route[] = [
  {
    path: "/sign-in",
    ready: heading("Sign in"),
    landmarks: `
      - main:
        - heading "Sign in" [level=1]
        - button "Continue with Google"
        - button "Continue with GitHub"
        - textbox "E-mail"
        - textbox "Password"
        - button "Sign in"
        - button "Create an account"
        - button "Forgot the password?"
        - complementary "About ColonyCraft AI"`,
  },
  {
    path: "/nowhere",
    ready: heading("There is nothing at this address."),
    landmarks: `
      - main:
        - heading "There is nothing at this address." [level=1]
        - link "Go to a new chat"`,
  },
  {
    path: "/dev/ui",
    ready: heading("Every part in all its states"),
    landmarks: `
      - main:
        - heading "Every part in all its states" [level=1]
        - group "Theme"
        - region "Button":
          - heading "Button" [level=2]`,
  },
];

function workspace(main: string): string {
  return `
      - link "Skip to content"
      - complementary "Sidebar":
        - navigation "Main":
          - link "New chat"
        - navigation "Folders":
          - button "New folder"
        - navigation "Conversations":
          - heading "Conversations" [level=2]
          - list:
            - listitem:
              - heading "Today" [level=3]
              - link /^A title/
              - button "More about A title"
        - button /Account of .+/
      - main:${main}`;
}

/**
 * Every address of a person who administers nothing; `conversation` is one of theirs, called “A
 * title”, `folder` one called “A folder”.
 */
export function personalRoutes(conversation: string, folder: string): readonly Route[] {
  return [
    {
      path: "/",
      ready: (page) => expect(composer(page)).toBeVisible(),
      landmarks: workspace(`
        - heading "New chat" [level=1]
        - region "Conversation"
        - form "Question":
          - textbox "Message"
          - button "Send"`),
    },
    {
      path: conversation,
      ready: (page) => expect(page.getByText("Receipt:").last()).toBeVisible(),
      landmarks: workspace(`
        - heading "A title" [level=1]
        - region "Conversation":
          - article "Question":
            - heading "You asked" [level=2]
          - article "Answer":
            - heading "test-model answered" [level=2]
            - heading [level=3]
            - group: /Receipt.+/
            - toolbar "What to do with this answer":
              - button "Copy answer"
              - button "Answer again"
        - form "Question":
          - textbox "Message"`),
    },
    {
      path: folder,
      ready: (page) => expect(page.getByRole("textbox", { name: "Instructions" })).toBeVisible(),
      landmarks: workspace(`
        - heading "A folder" [level=1]
        - button "New chat in this folder"
        - button "Delete folder"
        - region "Conversations":
          - heading "Conversations" [level=2]
        - region "Name and instructions":
          - heading "Name and instructions" [level=2]
          - textbox "Name"
          - textbox "Instructions"
          - button "Save"`),
    },
    {
      path: "/folders/none",
      ready: heading("There is no folder here."),
      landmarks: workspace(`
        - heading "There is no folder here." [level=1]
        - paragraph:
          - link "New chat"`),
    },
    {
      path: "/usage",
      ready: (page) => expect(page.getByRole("table")).toBeVisible(),
      landmarks: workspace(`
        - heading "Usage" [level=1]
        - region "What you used":
          - heading "What you used" [level=2]
          - group "Period"
          - group "Grouped by"
          - figure
          - region "What you used, by day":
            - table "What you used, by day"`),
    },
    {
      path: "/settings",
      ready: heading("Settings"),
      landmarks: workspace(`
        - heading "Settings" [level=1]
        - region "Appearance":
          - heading "Appearance" [level=2]
          - group "Theme":
            - radio "Light"
            - radio "Dark"
            - radio "System" [checked]
            - radio "High contrast"
        - region "Account":
          - heading "Account" [level=2]`),
    },
    {
      path: "/settings/keys",
      ready: heading("No keys yet"),
      landmarks: workspace(`
        - heading "Keys" [level=1]
        - heading "No keys yet" [level=2]
        - button "Make a key"`),
    },
    {
      path: "/privacy",
      ready: heading("What is stored where"),
      landmarks: workspace(`
        - heading "What is stored where" [level=1]
        - list:
          - listitem:
            - heading /^Conversations/ [level=2]
            - term: Where
            - definition
            - term: Who reads it
            - definition
            - term: Until
            - definition`),
    },
    {
      path: "/c/none",
      ready: heading("There is no conversation here."),
      landmarks: workspace(`
        - heading "There is no conversation here." [level=1]
        - link "New chat"`),
    },
  ];
}

/** Goes there as by a link: the app stays as it is. */
export async function follow(page: Page, { path, ready }: Route): Promise<void> {
  await page.evaluate((to) => history.pushState({}, "", to), path);
  await ready(page);
}

export async function open(page: Page, { path, ready }: Route): Promise<void> {
  await page.goto(path);
  await ready(page);
}
