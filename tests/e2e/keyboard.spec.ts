import {
  answered,
  answers,
  composer,
  expect,
  sidebar,
  signIn,
  test,
  modelPicker,
} from "./support/app";

test("everything can be done from the keyboard", async ({ page, person }) => {
  const press = (key: string) => page.keyboard.press(key);
  await page.goto("/");
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await press("Tab");
  await expect(page.getByRole("button", { name: "Continue with Google" })).toBeFocused();
  await press("Enter");
  await expect(page.getByRole("dialog").getByLabel("Name")).toBeFocused();
  await page.keyboard.type(person.name);
  await press("Tab");
  await page.keyboard.type(person.email);
  await press("Enter");
  await expect(composer(page)).toBeFocused();

  await press("Tab");
  await expect(modelPicker(page)).toBeFocused();
  await press("Enter");
  const search = page.getByRole("combobox", { name: "Search models" });
  await expect(search).toBeFocused();
  await page.keyboard.type("openai");
  await expect(page.getByRole("option").first()).toHaveAttribute("data-highlighted");
  await press("Enter");
  await expect(search).toBeHidden();
  await expect(modelPicker(page)).toBeFocused();

  await press("Shift+Tab");
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type("One line");
  await press("Shift+Enter");
  await page.keyboard.type("and another");
  await expect(composer(page)).toHaveValue("One line\nand another");
  await press("Enter");
  await answered(page);
  await expect(composer(page)).toBeFocused();
  await expect(sidebar(page).getByRole("link", { name: "A title" })).toBeVisible();

  await sidebar(page).getByRole("link", { name: "A title" }).focus();
  await press("Tab");
  await expect(page.getByRole("button", { name: "More about A title" })).toBeFocused();
  await press("Enter");
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
  await press("Enter");
  await page.keyboard.type("By keyboard");
  await press("Enter");
  await expect(sidebar(page).getByRole("link", { name: "By keyboard" })).toBeFocused();

  await answers(page).locator("summary").focus();
  await press("Enter");
  await expect(page.getByText("Model asked")).toBeVisible();

  await page.getByRole("link", { name: "New chat" }).focus();
  await press("Enter");
  await expect(composer(page)).toBeFocused();
  await page.getByRole("link", { name: "Skip to content" }).focus();
  await press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
});

test("an input method's Enter sends nothing", async ({ page, person }) => {
  await signIn(page, person);
  await expect(composer(page)).toBeFocused();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Input.imeSetComposition", {
    text: "にほん",
    selectionStart: 3,
    selectionEnd: 3,
  });
  await composer(page).dispatchEvent("keydown", { key: "Enter", keyCode: 229, isComposing: true });
  await devtools.send("Input.insertText", { text: "日本" });
  await expect(composer(page)).toHaveValue("日本");
  await expect(page).toHaveURL("/");
});
