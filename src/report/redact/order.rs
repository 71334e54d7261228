//! A new order for long lists, without a second copy.

/// Where each place goes if the places are put into the order of their keys. Equal keys keep theirs.
pub(super) fn sorted_by<K: Ord>(count: usize, key: impl Fn(usize) -> K) -> Vec<u32> {
    let mut order: Vec<u32> = (0u32..).take(count).collect();
    order.sort_by_key(|&old| key(old as usize));
    let mut goes_to = vec![0; count];
    for (new, old) in (0u32..).zip(order) {
        goes_to[old as usize] = new;
    }
    goes_to
}

/// Puts every member where it goes.
pub(super) fn rearrange<T>(list: &mut [T], goes_to: &[u32]) {
    let mut goes_to = goes_to.to_vec();
    for place in 0..list.len() {
        while goes_to[place] as usize != place {
            let target = goes_to[place] as usize;
            list.swap(place, target);
            goes_to.swap(place, target);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_comes_to_its_place() {
        let mut list = ["d", "a", "c", "b", "a"];
        let goes_to = sorted_by(list.len(), |place| list[place]);
        assert_eq!(goes_to, [4, 0, 3, 2, 1]);
        rearrange(&mut list, &goes_to);
        assert_eq!(list, ["a", "a", "b", "c", "d"]);
    }
}
