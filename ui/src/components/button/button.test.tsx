import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { Button } from "./Button";

test("a blocked button keeps its place in the tab order, says why, and does nothing", async () => {
  const onPress = vi.fn<() => void>();
  render(
    <Button blocked="There are no layers yet" onPress={onPress}>
      Plan 100
    </Button>,
  );
  const button = screen.getByRole("button", { name: "Plan 100" });
  await userEvent.tab();
  expect(document.activeElement).toBe(button);
  expect(button.getAttribute("aria-disabled")).toBe("true");
  expect((await screen.findByRole("tooltip")).textContent).toBe("There are no layers yet");
  await userEvent.keyboard("{Enter}");
  await userEvent.click(button);
  expect(onPress).not.toHaveBeenCalled();
});

test("its shortcut is shown, not read", () => {
  render(<Button shortcut="Ctrl+Enter">Render 16</Button>);
  expect(screen.getByRole("button", { name: "Render 16" }).textContent).toContain("Ctrl ↵");
});
