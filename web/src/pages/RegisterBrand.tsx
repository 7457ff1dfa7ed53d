import { RegisterForm } from '@/components/RegisterForm';

export default function RegisterBrand() {
  return <RegisterForm kind="brand" />;
}
