//! A whole number of any size whose digits each have a base of their own.

/// The least significant byte first, no zero at the end.
#[derive(Default)]
pub struct Number(Vec<u8>);

impl Number {
    pub fn of(bytes: &[u8]) -> Number {
        Number(bytes.to_vec())
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Puts a digit below `base` under all others.
    pub fn push(&mut self, base: u32, digit: u32) {
        let mut carry = u64::from(digit);
        for byte in &mut self.0 {
            carry += u64::from(*byte) * u64::from(base);
            *byte = carry as u8;
            carry >>= 8;
        }
        while carry > 0 {
            self.0.push(carry as u8);
            carry >>= 8;
        }
    }

    /// Takes off the digit that was put there last.
    pub fn pop(&mut self, base: u32) -> u32 {
        let mut rest = 0;
        for byte in self.0.iter_mut().rev() {
            rest = rest << 8 | u64::from(*byte);
            *byte = (rest / u64::from(base)) as u8;
            rest %= u64::from(base);
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
        rest as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_come_off_in_reverse() {
        let digits = [
            (12, 11),
            (1, 0),
            (19, 0),
            (u32::MAX, u32::MAX - 1),
            (2, 1),
            (256, 255),
        ];
        let mut number = Number::default();
        for (base, digit) in digits {
            number.push(base, digit);
        }
        for (base, digit) in digits.into_iter().rev() {
            assert_eq!(number.pop(base), digit, "base {base}");
        }
        assert_eq!(number.into_bytes(), [0; 0]);
    }

    #[test]
    fn zeros_on_top_take_no_room() {
        let mut number = Number::default();
        for _ in 0..100 {
            number.push(19, 0);
        }
        number.push(7, 5);
        assert_eq!(number.into_bytes(), [5]);
    }

    #[test]
    fn bytes_are_written_from_the_least_significant_up() {
        let mut number = Number::default();
        for digit in [1, 2, 3, 4] {
            number.push(10, digit);
        }
        assert_eq!(number.into_bytes(), 1234_u16.to_le_bytes());
    }
}
