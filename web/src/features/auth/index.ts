export { SignIn } from "./components/sign-in";
export { personName, usePerson } from "./state/session";
